/** For components that have something of their own to save, such as a picture of a chart. */
export { downloadFile } from '../bridge/download-file.ts';
