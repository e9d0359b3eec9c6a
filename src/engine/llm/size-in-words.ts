/** "1.2 GB", "640 MB". */
export function sizeInWords(bytes: number): string {
  return bytes >= 999_500_000 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
