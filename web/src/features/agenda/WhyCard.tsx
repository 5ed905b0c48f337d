/** «¿Por qué no?»: the rule that keeps a seller from being free at a moment, and the way out. */
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { clock, weekday } from '@/lib/i18n/format';
import { Anchored, type Anchor } from './Anchored';
import styles from './Agenda.module.css';
import { explainQuery, type Seller } from './queries';
import { ruleOf, ruleWords } from './rules';

interface Props {
  readonly moment: Date;
  readonly at: Anchor;
  /** Those shown; with several the reader says which one is meant. */
  readonly sellers: readonly Seller[];
  readonly onBook: ((seller: Seller) => void) | null;
  readonly onClose: () => void;
}

export function WhyCard({ moment, at, sellers, onBook, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const [asked, setAsked] = useState(sellers.length === 1 ? sellers[0] : undefined);
  const box = useRef<HTMLDivElement>(null);
  const choose = (seller: Seller) => {
    setAsked(seller);
    box.current?.focus(); // the pressed button goes, and the focus must not go with it
  };
  const when = `${weekday(moment.toISOString(), i18n.language)}, ${clock(moment.toISOString(), i18n.language)}`;
  return (
    <Anchored at={at} label={t('agenda.whyNot')} onClose={onClose}>
      <Stack gap="sm" ref={box} tabIndex={-1} className={styles['quiet']}>
        <Text fw={600}>{when}</Text>
        {!asked && (
          <>
            <Text c="var(--nx-text2)">{t('agenda.whose')}</Text>
            <Group gap="xs">
              {sellers.map((seller) => (
                <Button key={seller.id} variant="default" size="compact-md" onClick={() => choose(seller)}>
                  {seller.name}
                </Button>
              ))}
            </Group>
          </>
        )}
        {asked && <Reason key={asked.id} seller={asked} moment={moment} onBook={onBook} />}
      </Stack>
    </Anchored>
  );
}

function Reason({ seller, moment, onBook }: { readonly seller: Seller } & Pick<Props, 'moment' | 'onBook'>) {
  const { t } = useTranslation();
  const why = useQuery(explainQuery(seller, moment));
  if (why.isPending) return <Loader size="sm" aria-label={t('agenda.form.looking')} />;
  if (why.isError) return <ErrorBox error={why.error} retry={() => void why.refetch()} />;
  const { free, rule } = why.data;
  return (
    <>
      <Group gap="sm" wrap="nowrap" align="flex-start" role="status">
        {free ? (
          <IconCircleCheck size={20} color="var(--nx-ok-fg)" aria-hidden className={styles['still']} />
        ) : (
          <IconCircleX size={20} color="var(--nx-danger-fg)" aria-hidden className={styles['still']} />
        )}
        <Text>{free ? t('agenda.isFree', { seller: seller.name }) : ruleWords(ruleOf(rule), seller.name, t)}</Text>
      </Group>
      {onBook && (
        <Button variant="default" onClick={() => onBook(seller)} data-autofocus>
          {free ? t('agenda.bookHere') : t('agenda.otherTime')}
        </Button>
      )}
    </>
  );
}
