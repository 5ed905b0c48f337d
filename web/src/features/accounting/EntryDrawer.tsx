/** One line in full: what it is, its receipt, and the only things that can be done with it. */
import { Button, Drawer, FileButton, Group } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { exact, money } from '@/lib/i18n/format';
import { useMemberName } from '@/lib/team/team';
import styles from './Accounting.module.css';
import { EntryAction, type Verb } from './EntryAction';
import { accountingKeys } from './keys';
import { Standing } from './LedgerRow';
import { Party } from './Party';
import { addReceipt, lineQuery, receiptAddress, type Line } from './queries';
import { lineName, refusal, signed } from './words';

interface Props {
  readonly id: number;
  readonly writable: boolean;
  readonly onClose: () => void;
  readonly onOpen: (line: Line) => void;
}

export default function EntryDrawer({ id, writable, onClose, onOpen }: Props) {
  const { t } = useTranslation();
  const query = useQuery(lineQuery(id));
  const [verb, setVerb] = useState<Verb | null>(null);
  return (
    <Drawer
      opened
      onClose={onClose}
      closeOnEscape={verb === null} // what is asked above it is closed first, and alone
      position="right"
      size="min(480px, 100%)"
      title={query.data ? lineName(query.data, t) : t('accounting.line')}
      closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
    >
      {query.isPending && <Waiting rows={6} />}
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Entry line={query.data} {...{ writable, onOpen, verb }} onVerb={setVerb} />}
    </Drawer>
  );
}

interface EntryProps extends Pick<Props, 'writable' | 'onOpen'> {
  readonly line: Line;
  readonly verb: Verb | null;
  readonly onVerb: (verb: Verb | null) => void;
}

function Entry({ line, writable, onOpen, verb, onVerb }: EntryProps) {
  const { t, i18n } = useTranslation();
  const author = useMemberName(line.created_by);
  const amount = (value: string) => money(value, line.currency, i18n.language);
  const standing = line.reverses_id === null && line.reversed_by_id === null;
  const isIncome = line.kind === 'income' && standing;
  const left = Number(line.amount) - Number(line.refunded);
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [t('accounting.column.when'), exact(line.occurred_at, i18n.language)],
    [t('accounting.paidAt'), isIncome && line.paid_at !== null && exact(line.paid_at, i18n.language)],
    [t('accounting.figure.refund'), Number(line.refunded) > 0 && amount(line.refunded)],
    [t(line.client_id === null ? 'accounting.lead' : 'accounting.column.client'), (line.client_id ?? line.lead_id) !== null && <Party line={line} t={t} />],
    [t('accounting.column.seller'), line.seller_name],
    [t('accounting.column.method'), line.method && t(`accounting.method.${line.method}`)],
    [t('accounting.category'), line.category],
    [t('accounting.description'), line.description],
    [t('accounting.by'), author],
  ];
  const other = line.reversed_by_id ?? line.reverses_id ?? line.income_id;
  return (
    <div className={styles['entry']}>
      <p className={styles['entryAmount']}>
        {signed(line.effect, line.currency, i18n.language)} <Standing line={line} t={t} />
      </p>
      <dl className={styles['facts']}>
        {facts
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Receipt line={line} writable={writable} />
      {other !== null && <Other id={other} line={line} onOpen={onOpen} />}
      {writable && standing && line.reduces_id === null && (
        <Group gap="sm">
          {isIncome && line.paid_at === null && <Button onClick={() => onVerb('pay')}>{t('accounting.pay.title')}</Button>}
          {isIncome && line.paid_at !== null && left > 0 && (
            <Button variant="default" onClick={() => onVerb('refund')}>
              {t('accounting.refund.title')}
            </Button>
          )}
          <Button variant="default" onClick={() => onVerb('reverse')}>
            {t('accounting.reverse.title')}
          </Button>
        </Group>
      )}
      {verb && <EntryAction verb={verb} line={line} onClose={() => onVerb(null)} />}
    </div>
  );
}

/** What this line undoes, what undid it, or the income that it is of. */
function Other({ id, line, onOpen }: { readonly id: number; readonly line: Line; readonly onOpen: (line: Line) => void }) {
  const { t } = useTranslation();
  const other = useQuery(lineQuery(id)).data;
  const words = line.reversed_by_id !== null ? t('accounting.seeReversal') : line.reverses_id !== null ? t('accounting.seeReversed') : t('accounting.seeIncome');
  return (
    <Button variant="subtle" size="compact-sm" disabled={!other} onClick={() => other && onOpen(other)}>
      {words}
    </Button>
  );
}

function Receipt({ line, writable }: { readonly line: Line; readonly writable: boolean }) {
  const { t, i18n } = useTranslation();
  const cache = useQueryClient();
  const adding = useMutation({
    mutationFn: (file: File) => addReceipt(line.id, file),
    onSuccess: (kept) => {
      cache.setQueryData(accountingKeys.line(line.id), kept);
      void cache.invalidateQueries({ queryKey: accountingKeys.lines });
      toast(t('accounting.receiptKept'));
    },
  });
  return (
    <div className={styles['receipt']}>
      {line.receipt_id !== null && (
        <Button component="a" href={receiptAddress(line.id)} target="_blank" rel="noreferrer" variant="default" leftSection={<IconPaperclip size={16} aria-hidden />}>
          {t('accounting.openReceipt')}
        </Button>
      )}
      {writable && (
        <FileButton onChange={(file) => file && adding.mutate(file)} accept="image/jpeg,image/png,image/webp,application/pdf" inputProps={{ 'aria-label': t('accounting.addReceipt') }}>
          {(props) => (
            <Button {...props} variant="subtle" loading={adding.isPending}>
              {line.receipt_id === null ? t('accounting.addReceipt') : t('accounting.newReceipt')}
            </Button>
          )}
        </FileButton>
      )}
      {adding.error && (
        <p role="alert" className={styles['refused']}>
          {refusal(adding.error, line.currency, t, i18n.language)}
        </p>
      )}
    </div>
  );
}
