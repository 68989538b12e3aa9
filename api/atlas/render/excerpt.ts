/** The first words of a prompt, for a sentence. */
export function excerptOf(text: string, most = 48): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}
