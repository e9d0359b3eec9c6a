import { expose } from 'comlink';
import { TeachService } from '../src/engine/teach/teach-service.ts';
import './rethrow.ts';

expose(new TeachService());
