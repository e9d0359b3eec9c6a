import { trainTask } from '../training.ts';

export default trainTask(5);
