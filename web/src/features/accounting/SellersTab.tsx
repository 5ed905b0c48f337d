/** Who brought in what, and what each earned: the same sums by seller, each currency apart; a row opens its lines. */
import { Table, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import styles from './Accounting.module.css';
import { queryOf, type Filters } from './filters';
import { totalsQuery } from './queries';
import { signed } from './words';

interface Props {
  readonly filters: Filters;
  readonly onSeller: (seller: number, currency: string) => void;
}

const FIGURES = ['income', 'pending', 'refund', 'commission'] as const;

export function SellersTab({ filters, onSeller }: Props) {
  const { t, i18n } = useTranslation();
  const month = filters.month === undefined ? {} : { month: filters.month };
  const query = useQuery(totalsQuery(queryOf(month, new Date()), 'seller'));
  const rows = (query.data ?? []).filter(({ key }) => key !== null);
  if (query.isPending) return <Waiting rows={6} />;
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty>{t('accounting.emptySellers')}</Empty>;
  return (
    <div className={styles['wideTable']} tabIndex={0} role="region" aria-label={t('accounting.tab.sellers')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('accounting.column.seller')}</Table.Th>
            {FIGURES.map((name) => (
              <Table.Th key={name} scope="col" ta="right">
                {t(`accounting.figure.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((total) => (
            <Table.Tr key={`${total.key ?? ''} ${total.currency}`}>
              <Table.Th scope="row">
                <UnstyledButton className={styles['link']} onClick={() => onSeller(Number(total.key), total.currency)}>
                  {total.name} · {total.currency}
                </UnstyledButton>
              </Table.Th>
              {FIGURES.map((name) => (
                <Table.Td key={name} ta="right" data-name={t(`accounting.figure.${name}`)}>
                  {signed(total[name], total.currency, i18n.language)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
