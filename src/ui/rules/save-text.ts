/** Downloads a text as a file. Must be called from a click. */
export function saveText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own reference once it has begun; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
