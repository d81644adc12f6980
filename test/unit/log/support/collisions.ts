/**
 * 2^stages texts that FNV-1a (32 bits) cannot tell apart. Behind this prefix these two blocks lead to one and the same state, again
 * and again: who knows the hash makes as many such texts as he likes.
 */
export function collidingTexts(stages: number): string[] {
  let texts = ['bgpvuajpfsamtzx'];
  for (let stage = 0; stage < stages; stage++) texts = texts.flatMap((text) => [`${text}aotzx`, `${text}a11cd`]);
  return texts;
}
