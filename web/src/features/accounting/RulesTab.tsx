/** What sellers earn on what is paid: rules from day to day. A rule that earned is ended, not removed. */
import { Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { localeOf, money } from '@/lib/i18n/format';
import styles from './Accounting.module.css';
import { addRule, endRule, removeRule, rulesQuery, type Rule } from './queries';
import { refresh } from './refresh';
import { RuleForm } from './RuleForm';
import { dayOf, refusal } from './words';

export function RulesTab({ writable }: { readonly writable: boolean }) {
  const { t } = useTranslation();
  const query = useQuery(rulesQuery);
  const [making, setMaking] = useState(false);
  const button = writable && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('accounting.rule.new')}
    </Button>
  );
  return (
    <div className={styles['rules']}>
      {query.isPending && <Waiting rows={4} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && <Empty action={button}>{t('accounting.rule.empty')}</Empty>}
      {query.data && query.data.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" c="var(--nx-text2)">
              {t('accounting.rule.hint')}
            </Text>
            {button}
          </Group>
          <ul className={styles['ruleList']}>
            {query.data.map((rule) => (
              <RuleItem key={rule.id} rule={rule} writable={writable} />
            ))}
          </ul>
        </>
      )}
      {making && <RuleForm onClose={() => setMaking(false)} />}
    </div>
  );
}

function RuleItem({ rule, writable }: { readonly rule: Rule; readonly writable: boolean }) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const today = dayOf(new Date());
  const locale = localeOf(i18n.language);
  const date = (day: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  const terms =
    rule.fixed === null || rule.currency === null
      ? t('accounting.rule.percentOf', { percent: new Intl.NumberFormat(locale).format(Number(rule.percent)) })
      : t('accounting.rule.fixedOf', { amount: money(rule.fixed, rule.currency, i18n.language) });
  const dropping = useMutation({
    mutationFn: () => removeRule(rule.id),
    onSuccess: () => {
      refresh(cache);
      const { seller_id, percent, fixed, currency, starts_on, ends_on } = rule;
      toast(t('accounting.rule.removed'), () => void addRule({ seller_id, percent, fixed, currency, starts_on, ends_on }).then(() => refresh(cache)));
    },
  });
  const ending = useMutation({
    mutationFn: () => endRule(rule.id, today),
    onSuccess: () => {
      refresh(cache);
      toast(t('accounting.rule.ended'));
    },
  });
  const error = dropping.error ?? ending.error;
  const over = rule.ends_on !== null && rule.ends_on < today;
  return (
    <li className={styles['rule']} data-over={over}>
      <div>
        <strong>{rule.seller_name ?? t('accounting.rule.everyone')}</strong>
        <p>
          {terms}
          {rule.fixed === null && rule.currency !== null && ` · ${rule.currency}`}
        </p>
        <p className={styles['label']}>
          {rule.ends_on === null ? t('accounting.rule.since', { from: date(rule.starts_on) }) : t('accounting.rule.between', { from: date(rule.starts_on), to: date(rule.ends_on) })}
        </p>
        {error && (
          <p role="alert" className={styles['refused']}>
            {refusal(error, rule.currency ?? 'USD', t, i18n.language)}
          </p>
        )}
      </div>
      {writable && !rule.used && (
        <Button variant="subtle" size="compact-sm" loading={dropping.isPending} onClick={() => dropping.mutate()}>
          {t('accounting.rule.remove')}
        </Button>
      )}
      {writable && rule.used && rule.ends_on === null && (
        <Button variant="subtle" size="compact-sm" loading={ending.isPending} onClick={() => ending.mutate()}>
          {t('accounting.rule.end')}
        </Button>
      )}
    </li>
  );
}
