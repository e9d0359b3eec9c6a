/** Hands the text to the browser as a file to save. Must be called while a click is being dealt with. */
export function downloadText(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own reference once it has begun; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
