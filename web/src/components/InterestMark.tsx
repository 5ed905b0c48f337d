/** ▲82: the mark of the interest and the score alone, for where space is short; the word is read out and on hover. */
import { useTranslation } from 'react-i18next';

const MARKS = { hot: '▲', warm: '◆', cold: '●', not_interested: '–' } as const;

export function InterestMark({ interest, score }: { readonly interest: string | null; readonly score: number | null }) {
  const { t } = useTranslation();
  const known = (Object.keys(MARKS) as (keyof typeof MARKS)[]).find((name) => name === interest);
  if (!known) return null;
  const colour = known === 'not_interested' ? 'muted' : known;
  const words = `${t(`interest.${known}`)}${score === null ? '' : ` ${score}`}`;
  return (
    <span role="img" aria-label={words} title={words} style={{ color: `var(--nx-${colour}-fg)`, fontWeight: 600, flex: 'none' }}>
      {MARKS[known]}
      {known !== 'not_interested' && score}
    </span>
  );
}
