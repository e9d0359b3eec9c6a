/** Texts that the encoder benches read, one a line. */
export async function messagesOf(file: File): Promise<string[]> {
  return (await file.text()).split('\n').filter((line) => line !== '');
}

export const MODELS = new URL('/models/', self.location.origin).href;
