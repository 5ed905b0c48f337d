/** A seller's photo, their initials where there is none. The name stands beside it, so it says nothing by itself. */
import styles from './Face.module.css';

interface Props {
  readonly seller: { readonly id: number; readonly name: string; readonly photo: number | null };
  readonly size?: number;
}

export function Face({ seller: { id, name, photo }, size = 32 }: Props) {
  return (
    <span className={styles['face']} style={{ width: size, height: size }} aria-hidden>
      {photo === null ? initialsOf(name) : <img src={`/crm/sellers/${id}/photo?n=${photo}`} alt="" width={size} height={size} loading="lazy" />}
    </span>
  );
}

/** «Luz Prado» is LP. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => String.fromCodePoint(...[word?.codePointAt(0) ?? []].flat()).toLocaleUpperCase()).join('');
}
