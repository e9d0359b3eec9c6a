/** Chromium's way to offer the page as an app (Manifest Incubations, section "BeforeInstallPromptEvent"); others have a menu of their own. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Holds the browser's offer to install the page, until the person takes it up. */
export class InstallPrompt {
  private offer: BeforeInstallPromptEvent | null = null;

  /** @param changed told whether there is an offer, at each change */
  constructor(changed: (offered: boolean) => void) {
    const take = (offer: BeforeInstallPromptEvent | null): void => changed((this.offer = offer) !== null);
    addEventListener('beforeinstallprompt', (event) => {
      // The page has a button of its own.
      event.preventDefault();
      take(event as BeforeInstallPromptEvent);
    });
    addEventListener('appinstalled', () => take(null));
  }

  /** Shows the browser's own question. An offer can be used once. */
  async ask(): Promise<void> {
    await this.offer?.prompt();
  }
}
