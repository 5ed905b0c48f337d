/** ▲ caliente, ◆ tibio, ● frío, – sin interés, with the score. */
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';

const MARKS = { hot: '▲', warm: '◆', cold: '●', not_interested: '–' } as const;
export type InterestName = keyof typeof MARKS;

export function Interest({ interest, score }: { readonly interest: InterestName; readonly score: number | null }) {
  const { t } = useTranslation();
  return (
    <Badge meaning={interest === 'not_interested' ? 'muted' : interest} icon={<span aria-hidden>{MARKS[interest]}</span>}>
      {t(`interest.${interest}`)}
      {score !== null && ` ${score}`}
    </Badge>
  );
}
