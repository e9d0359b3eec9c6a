import { APP_MANIFEST, SHARING_MANIFEST } from '../../contract/site.ts';
import { readSetting, writeSetting } from '../../session/settings.ts';

/** Whether the installed app is offered in the device's share menu: off until the person wants it. */
class ShareMenu {
  on = $state(readSetting('share'));

  set(on: boolean): void {
    this.on = on;
    writeSetting('share', on);
    this.link();
  }

  /** Names the manifest that was chosen: browsers read the one that the page names at the moment. */
  link(): void {
    document.querySelector('link[rel="manifest"]')?.setAttribute('href', `./${this.on ? SHARING_MANIFEST : APP_MANIFEST}`);
  }
}

export const shareMenu = new ShareMenu();
