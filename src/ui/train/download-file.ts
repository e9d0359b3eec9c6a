/** Hands a file to the browser to save. Must be called from a click. */
export function downloadFile(name: string, content: Uint8Array | string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer> | string], { type }));
  link.download = name;
  link.click();
  // The download has its own reference once it has begun; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
