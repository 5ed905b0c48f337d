/** How long things are kept: what would go is counted before it is saved. */
import { Button, Group, NumberInput, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { dueQuery, privacyKeys, writeRules, type Rules } from '@/lib/privacy/privacy';
import styles from './Privacy.module.css';

const MONTHS = ['lead_months', 'media_months'] as const;
const MOST_MONTHS = 120;
const LEAST_DAYS = 7;
const MOST_DAYS = 3650;
const SETTLED_MS = 400;

export function Retention({ served }: { readonly served: Rules }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Rules>(served);
  const changed = JSON.stringify(draft) !== JSON.stringify(served);
  const [settled] = useDebouncedValue(draft, SETTLED_MS);
  const due = useQuery(dueQuery(settled));
  const saving = useMutation({
    mutationFn: writeRules,
    onSuccess: (rules) => {
      cache.setQueryData(privacyKeys.rules, rules);
      toast(t('privacy.saved'));
    },
    onError: toastProblem,
  });
  return (
    <form
      className={styles['rules']}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(draft);
      }}
    >
      {MONTHS.map((name) => (
        <NumberInput
          key={name}
          label={t(`privacy.rule.${name}`)}
          description={t(`privacy.ruleHint.${name}`)}
          placeholder={t('privacy.forever')}
          value={draft[name] ?? ''}
          min={1}
          max={MOST_MONTHS}
          allowDecimal={false}
          hideControls
          onChange={(value) => setDraft({ ...draft, [name]: typeof value === 'number' ? value : null })}
        />
      ))}
      <NumberInput
        label={t('privacy.rule.payload_days')}
        description={t('privacy.ruleHint.payload_days')}
        value={draft.payload_days}
        min={LEAST_DAYS}
        max={MOST_DAYS}
        allowDecimal={false}
        hideControls
        onChange={(value) => {
          if (typeof value === 'number') setDraft({ ...draft, payload_days: value });
        }}
      />
      <Text size="sm" role="status" className={styles['due'] ?? ''}>
        {due.data && t('privacy.due', { leads: due.data.leads, files: due.data.files, payloads: due.data.payloads })}
      </Text>
      <Group className={styles['due'] ?? ''}>
        <Button type="submit" disabled={!changed} loading={saving.isPending}>
          {t('privacy.save')}
        </Button>
      </Group>
    </form>
  );
}
