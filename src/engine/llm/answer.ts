/**
 * The answer that a model gave: exactly one of `answers`, or '' where what it wrote is none of them. Blanks around it and its case do
 * not matter; nothing is read out of a longer text, since that may repeat what the log says.
 */
export function labelOf(text: string, answers: readonly string[]): string {
  const said = text.trim();
  if (answers.includes(said)) return said;
  const folded = said.toLowerCase();
  return answers.find((answer) => answer.toLowerCase() === folded) ?? '';
}
