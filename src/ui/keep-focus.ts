/**
 * Keeps the focus on the page when what had it goes away or is switched off: it goes to the nearest thing around it that is
 * still there, from where Tab goes on, and back once it is switched on again. Browsers let it fall to the body instead, where
 * keys do nothing and screen readers begin at the top. Nothing that acts is chosen, so that a second Enter does no harm.
 * @returns stops it
 */
export function keepFocus(root: HTMLElement): () => void {
  /** What had the focus last, and all that it is in, from the inside out. */
  let path: readonly HTMLElement[] = [];
  /** Stands in for something that is switched off. */
  let standIn: { readonly element: HTMLElement; readonly home: HTMLElement } | null = null;
  let frame = 0;

  function came({ target }: FocusEvent): void {
    if (target !== standIn?.element) standIn = null;
    path = around(target, root);
  }
  function went(): void {
    // What is about to be removed is still there. What stays was left on purpose: by a click beside it.
    queueMicrotask(() => { if (document.activeElement === document.body && path.length > 0 && isUsable(path[0])) path = []; });
  }
  function changed(): void {
    if (frame === 0) frame = requestAnimationFrame(look);
  }
  function look(): void {
    frame = 0;
    const at = document.activeElement;
    if (standIn !== null && at === standIn.element && isUsable(standIn.home)) standIn.home.focus({ preventScroll: true });
    // One that is switched off keeps the focus until the next frame is drawn.
    else if (path.length > 0 && (at === null || at === document.body || (at === path[0] && !isUsable(path[0])))) stand(path);
  }
  function stand([home, ...outer]: readonly HTMLElement[]): void {
    for (const element of outer) {
      if (!isUsable(element)) continue;
      standIn = { element, home };
      const made = !element.hasAttribute('tabindex');
      if (made) element.tabIndex = -1;
      element.focus({ preventScroll: true });
      if (made) element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
      // Behind a dialog nothing takes the focus.
      if (document.activeElement === element) return;
      if (made) element.removeAttribute('tabindex');
    }
  }

  const observer = new MutationObserver(changed);
  observer.observe(root, { subtree: true, childList: true, attributeFilter: ['disabled', 'open'] });
  root.addEventListener('focusin', came);
  root.addEventListener('focusout', went);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    root.removeEventListener('focusin', came);
    root.removeEventListener('focusout', went);
  };
}

/** An element and all that it is in, below the root. */
function around(target: EventTarget | null, root: HTMLElement): readonly HTMLElement[] {
  const path: HTMLElement[] = [];
  for (let at = target instanceof HTMLElement ? target : null; at !== null && at !== root; at = at.parentElement) path.push(at);
  return path;
}

/** Whether it is there, to be seen and switched on. */
function isUsable(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true });
}
