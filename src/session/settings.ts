// Components remember choices through the session, which alone knows the browser's storage.
export { readSetting, writeSetting } from '../bridge/settings.ts';
