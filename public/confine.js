/*
 * The first script of the page, before any other can keep a copy of what it takes away. The page's content security policy
 * (beside this script in index.html) stops requests to other sites. What it does not cover, and this site has no use for, goes:
 *
 * - what sends or looks up something by itself: WebRTC (its packets follow no policy), speech that a server recognises or
 *   speaks, payment, sign-in, advertising, pictures that the system fetches for notifications and media keys;
 * - what would bring it all back, since each frame and window has constructors of its own: frames, and windows opened by
 *   script. A policy with `frame-src 'none'` stops what a frame loads, not an empty frame. Frames can be made by few
 *   functions once trusted types keep text from becoming elements (in browsers that have them; in others a script of this
 *   site, and nothing else, could still make one from text).
 *
 * No script and no policy can keep a page from being left for another address, nor from hints to prepare a connection
 * (`<link rel=preconnect>`). No text of a log becomes a script, a link or an address here; see the policy in index.html.
 */
(() => {
  'use strict';

  const take = (owner, names) => {
    for (const name of names) {
      Reflect.deleteProperty(owner, name);
      // What cannot be deleted is put out of reach.
      if (name in owner) Object.defineProperty(owner, name, { value: undefined, configurable: false, writable: false });
    }
  };
  const replace = (owner, name, make) => {
    Object.defineProperty(owner, name, { value: make(owner[name]), configurable: false, writable: false, enumerable: true });
  };

  take(globalThis, [
    'RTCPeerConnection', 'webkitRTCPeerConnection', 'mozRTCPeerConnection', 'RTCDataChannel', 'WebTransport', 'WebSocketStream', 'SharedWorker',
    'SpeechRecognition', 'webkitSpeechRecognition', 'SpeechSynthesisUtterance', 'speechSynthesis',
    'PaymentRequest', 'PresentationRequest', 'Notification', 'MediaMetadata', 'XSLTProcessor',
    'open', 'documentPictureInPicture', 'DocumentPictureInPicture', 'sharedStorage', 'fetchLater',
  ]);
  take(Navigator.prototype, [
    'credentials', 'login', 'presentation', 'joinAdInterestGroup', 'runAdAuction', 'createAuctionNonce', 'updateAdInterestGroups', 'sendBeacon',
  ]);

  const FRAMES = new Set(['iframe', 'frame', 'object', 'embed', 'fencedframe', 'controlledframe', 'portal', 'webview']);
  const noFrame = (element) => {
    if (FRAMES.has(element?.localName)) throw new DOMException('This page makes no frames.', 'SecurityError');
  };
  const { apply } = Reflect;
  for (const name of ['createElement', 'createElementNS']) {
    replace(Document.prototype, name, (make) => function (...given) {
      const element = apply(make, this, given);
      noFrame(element);
      return element;
    });
  }
  replace(DOMImplementation.prototype, 'createDocument', (make) => function (...given) {
    const made = apply(make, this, given);
    noFrame(made.documentElement);
    return made;
  });
  // Without options: an element that extends a built-in one could be a frame.
  replace(CustomElementRegistry.prototype, 'define', (define) => function (name, constructor) {
    apply(define, this, [name, constructor]);
  });
})();
