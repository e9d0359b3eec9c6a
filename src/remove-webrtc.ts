/**
 * A content-security policy cannot forbid WebRTC, whose packets may leave for any host. Winnow has no use
 * for it, so its constructors are taken away before any other script of the page runs.
 */
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebTransport']) {
  Reflect.deleteProperty(globalThis, name);
  if (name in globalThis) Object.defineProperty(globalThis, name, { value: undefined, configurable: false, writable: false });
}

export {};
