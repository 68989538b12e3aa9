/** The first words of a prompt, for a sentence: cut between words, since half a number is another number. */
export function excerptOf(text: string, most = 48): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  if (characters.length <= most) return characters.join('');
  const cut = characters.slice(0, most).join('');
  const atWord = cut.replace(/\s*\S*$/, '');
  return `${atWord === '' ? characters.slice(0, most - 1).join('') : atWord}…`;
}
