/** Clients: those who bought or were met, whatever the company calls them. */
import { ActionIcon, Button, Select, Switch, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFileExport, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { ShortcutButton } from '@/components/ShortcutButton';
import { Waiting } from '@/components/Waiting';
import { useCreating } from '@/lib/history/create';
import { useShortcut } from '@/lib/keys/keys';
import { useHeld } from '@/lib/query/held';
import { rowsOf } from '@/lib/query/pages';
import { can, useMe } from '@/lib/session/session';
import { useTeam } from '@/lib/team/team';
import styles from './Clients.module.css';
import { ClientTable } from './ClientTable';
import { exportAddress, filtersOf, isFiltered, queryOf, type Filters } from './filters';
import { clientsQuery, countQuery } from './queries';

const CreateClient = lazy(() => import('./CreateClient'));
const TYPING_MS = 250;
const ANYBODY = 'any';

export function ClientsPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const filters = useSearch({ from: '/shell/clients' });
  const asked = queryOf(filters, me.user.id);
  const query = useInfiniteQuery(clientsQuery(asked));
  const count = useQuery(countQuery(asked)).data;
  const { rows, news, release, handlers } = useHeld(
    useMemo(() => rowsOf(query.data), [query.data]),
    JSON.stringify(asked),
  );
  const { creating, begin, end } = useCreating();
  const writable = can(me, 'clients.write');
  const filter = (wanted: Filters) => void navigate({ to: '/clients', search: wanted, replace: true });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <div className={styles['headLine']}>
          <Title order={1}>{t('place.clients')}</Title>
          <Text size="sm" c="var(--nx-text2)" className={styles['figure'] ?? ''}>
            {count !== undefined && t('clients.count', { count })}
          </Text>
          {can(me, 'exports') && (
            <ActionIcon
              component="a"
              href={exportAddress(filters, me.user.id, i18n.language)}
              download
              variant="default"
              size={36}
              aria-label={t('clients.export')}
              title={t('clients.export')}
            >
              <IconFileExport size={18} aria-hidden />
            </ActionIcon>
          )}
          {writable && (
            <ShortcutButton shortcut="c" label={t('clients.create.open')} icon={<IconPlus size={16} aria-hidden />} onRun={begin} flex="none" />
          )}
        </div>
        <FilterLine filters={filters} onFilters={filter} />
      </header>
      {query.isPending && <Waiting rows={14} />}
      {query.isError && rows.length === 0 && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <Empty
          action={
            isFiltered(filters) && (
              <Button variant="default" onClick={() => filter({})}>
                {t('leads.clear')}
              </Button>
            )
          }
        >
          {isFiltered(filters) ? t('clients.emptyFiltered') : t('clients.empty')}
        </Empty>
      )}
      {rows.length > 0 && (
        <div className={styles['main']} {...handlers}>
          {news > 0 && (
            <Button className={styles['news'] ?? ''} size="compact-sm" variant="light" onClick={release}>
              {t('leads.news', { count: news })}
            </Button>
          )}
          <ClientTable
            key={JSON.stringify(asked)}
            rows={rows}
            more={hasNextPage}
            failed={query.isFetchNextPageError}
            onEnd={onEnd}
            onOpen={({ id }) => void navigate({ to: '/clients/$clientId', params: { clientId: id } })}
          />
        </div>
      )}
      <Suspense>{creating && writable && <CreateClient onClose={end} />}</Suspense>
    </div>
  );
}

interface FilterProps {
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
}

function FilterLine({ filters, onFilters }: FilterProps) {
  const { t } = useTranslation();
  const me = useMe();
  const box = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(filters.q ?? '');
  const others = useTeam().filter(({ id, active }) => active && id !== me.user.id);
  const { owner, deleted } = filters;
  const without = (name: keyof Filters): Filters => filtersOf({ ...filters, [name]: undefined });
  const send = useDebouncedCallback((text: string) => onFilters(text ? { ...filters, q: text } : without('q')), TYPING_MS);
  useShortcut('/', t('clients.search'), () => box.current?.focus());
  const chosen = (value: string | null) => {
    if (value === null || value === ANYBODY) onFilters(without('owner'));
    else onFilters({ ...filters, owner: value === 'me' || value === 'nobody' ? value : Number(value) });
  };
  return (
    <div className={styles['filters']} role="search" aria-label={t('leads.filters')}>
      <TextInput
        ref={box}
        className={styles['find'] ?? ''}
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('clients.search')}
        aria-label={t('clients.search')}
        value={draft}
        maxLength={100}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          send(event.currentTarget.value.trim());
        }}
      />
      <Select
        aria-label={t('clients.column.owner')}
        className={styles['owner'] ?? ''}
        value={owner === undefined ? ANYBODY : String(owner)}
        allowDeselect={false}
        onChange={chosen}
        data={[
          { value: ANYBODY, label: t('clients.anyOwner') },
          { value: 'me', label: t('leads.owner.me') },
          { value: 'nobody', label: t('leads.owner.nobody') },
          ...others.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <Switch
        label={t('clients.deleted')}
        checked={deleted === true}
        onChange={(event) => onFilters(event.currentTarget.checked ? { ...filters, deleted: true } : without('deleted'))}
      />
    </div>
  );
}
