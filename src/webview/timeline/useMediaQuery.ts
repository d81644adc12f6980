import { useEffect, useState } from 'preact/hooks';

/** Whether the page is as the query says, kept up to date. */
export function useMediaQuery(query: string): boolean {
  const [isMatching, setMatching] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const media = window.matchMedia(query);
    const onChange = (): void => setMatching(media.matches);
    media.addEventListener('change', onChange);
    onChange();
    return () => media.removeEventListener('change', onChange);
  }, [query]);
  return isMatching;
}
