/** An async handler that throws does not reach `worker.onerror` by itself; this makes it, so that the page notices. */
self.addEventListener('unhandledrejection', (event) => {
  const reason: unknown = event.reason;
  setTimeout(() => {
    throw reason;
  });
});
