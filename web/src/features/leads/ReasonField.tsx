/** Why a lead is lost: one of the company's reasons, or «Otro» in one's own words. */
import { Chip, Group, Input, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReasons, type Why } from '@/lib/pipeline/reasons';

const LONGEST = 200;

/** `name` null: «Otro», with `words`. */
export interface Reason {
  readonly name: string | null | undefined;
  readonly words: string;
}

export const UNSAID: Reason = { name: undefined, words: '' };

/** As the server takes it; null while nothing is said. */
export function whyOf({ name, words }: Reason): Why | null {
  if (name === undefined) return null;
  if (name !== null) return { lost_reason: name };
  return words.trim() ? { lost_reason_other: words.trim() } : null;
}

interface Props {
  readonly reason: Reason;
  readonly onReason: (reason: Reason) => void;
}

export default function ReasonField({ reason, onReason }: Props) {
  const { t } = useTranslation();
  const reasons = useReasons();
  const other = reason.name === null || reasons.length === 0;
  return (
    <Stack gap="sm">
      {reasons.length > 0 && (
        <Input.Wrapper label={t('leads.lost.reason')} labelElement="div">
          <Chip.Group
            value={reason.name === null ? '' : reason.name === undefined ? null : `=${reason.name}`}
            onChange={(value) => onReason({ ...reason, name: value === '' ? null : value.slice(1) })}
          >
            <Group gap="sm" role="radiogroup" aria-label={t('leads.lost.reason')}>
              {reasons.map(({ id, name }) => (
                <Chip key={id} value={`=${name}`} size="sm" variant="light">
                  {name}
                </Chip>
              ))}
              <Chip value="" size="sm" variant="light">
                {t('leads.lost.other')}
              </Chip>
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      )}
      {other && (
        <TextInput
          data-autofocus
          label={t('leads.lost.words')}
          maxLength={LONGEST}
          value={reason.words}
          onChange={(event) => onReason({ name: null, words: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}
