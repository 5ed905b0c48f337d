/** The clients in rows; on a phone two lines each. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRowTable } from '@/components/useRowTable';
import { ago, exact } from '@/lib/i18n/format';
import { useTeam } from '@/lib/team/team';
import { useNow } from '@/lib/time/useNow';
import styles from './Clients.module.css';
import type { Client } from './filters';

interface Props {
  readonly rows: readonly Client[];
  readonly more: boolean;
  readonly failed: boolean;
  readonly onEnd: () => void;
  readonly onOpen: (client: Client) => void;
}

const COLUMNS = ['name', 'company', 'phone', 'email', 'owner', 'since'] as const;

export function ClientTable({ rows, more, failed, onEnd, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const team = useTeam();
  const openAt = (index: number) => {
    const client = rows[index];
    if (client) onOpen(client);
  };
  const { box, height, shown, current, setCurrent, onKeyDown } = useRowTable({ count: rows.length, more, failed, onEnd, onOpen: openAt });
  const ownerOf = (id: number | null) => (id === null ? t('leads.owner.nobody') : (team.find((each) => each.id === id)?.name ?? ''));
  return (
    <div className={styles['table']} role="grid" aria-rowcount={more ? -1 : rows.length + 1} aria-label={t('place.clients')} onKeyDown={onKeyDown}>
      <div className={styles['headRow']} role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`clients.column.${column}`)}
          </span>
        ))}
      </div>
      <div ref={box} className={styles['scroll']} role="rowgroup">
        <div style={{ height: height, position: 'relative' }} role="presentation">
          {shown.map(({ index, start, size }) => {
            const client = rows[index];
            return (
              client && (
                <div
                  key={client.id}
                  role="row"
                  aria-rowindex={index + 2}
                  data-index={index}
                  tabIndex={index === current ? 0 : -1}
                  className={styles['row']}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  onFocus={() => setCurrent(index)}
                  onClick={() => onOpen(client)}
                >
                  <span role="gridcell" data-column="name">{client.full_name}</span>
                  <span role="gridcell" data-column="company">{client.company}</span>
                  <span role="gridcell" data-column="phone">{client.phone_shown}</span>
                  <span role="gridcell" data-column="email">{client.email}</span>
                  <span role="gridcell" data-column="owner" data-nobody={client.owner_user_id === null}>
                    {ownerOf(client.owner_user_id)}
                  </span>
                  <span role="gridcell" data-column="since">
                    <time dateTime={client.created_at} title={exact(client.created_at, i18n.language)}>
                      {ago(client.created_at, now, i18n.language)}
                    </time>
                  </span>
                </div>
              )
            );
          })}
        </div>
      </div>
      {failed && (
        <div className={styles['failed']} role="alert">
          {t('clients.moreFailed')}
          <Button variant="default" size="compact-sm" onClick={onEnd}>
            {t('retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
