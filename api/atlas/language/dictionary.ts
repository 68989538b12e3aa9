/**
 * Tells whether a list has a word. The list is one string, its words in the order of their characters and parted by
 * single spaces: it is searched as it is, since 60,000 words in a Set would take longer to load than all else here.
 */
export function createDictionary(words: string): (word: string) => boolean {
  return (word) => {
    let from = 0;
    let to = words.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const start = words.lastIndexOf(' ', middle - 1) + 1;
      const space = words.indexOf(' ', start);
      const end = space === -1 ? words.length : space;
      const found = words.slice(start, end);
      if (found === word) return true;
      if (found < word) from = end + 1;
      else to = start;
    }
    return false;
  };
}
