/** What the list shows: tabs, a search, open or closed; and how the agent works in the whole company, for who decides it. */
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconArchive, IconArchiveFilled, IconSearch, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '@/lib/keys/keys';
import { rowsOf } from '@/lib/query/pages';
import { useMe } from '@/lib/session/session';
import { conversationsQuery } from '@/features/inbox/queries';
import { scopeOf } from '@/features/inbox/scope';
import { FILTERS, searchOf, type Wanted } from '@/features/inbox/search';
import { CompanyMode } from './CompanyMode';
import { WaitingVoice } from './WaitingVoice';
import styles from './List.module.css';

const TYPED_MS = 250;

export function ListHead({ wanted }: { readonly wanted: Wanted }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const waiting = useInfiniteQuery(conversationsQuery({ filter: 'human', closed: false, q: '' }));
  const count = rowsOf(waiting.data).length;
  const filters = FILTERS.filter((filter) => scopeOf(me) !== 'own' || filter === 'human' || filter === 'all');
  const show = (change: Partial<Wanted>) =>
    void navigate({ to: '.', search: () => searchOf({ ...wanted, ...change }), replace: true });
  const Archive = wanted.closed ? IconArchiveFilled : IconArchive;
  return (
    <div className={styles['head']}>
      <WaitingVoice count={count} />
      <nav className={styles['tabs']} aria-label={t('inbox.filters')}>
        {filters.map((filter) => (
          <Link
            key={filter}
            to="."
            search={() => searchOf({ ...wanted, filter })}
            replace
            className={styles['tab']}
            data-current={filter === wanted.filter}
            aria-current={filter === wanted.filter ? 'page' : undefined}
          >
            {t(`inbox.filter.${filter}`)}
            {filter === 'human' && count > 0 && (
              <span className={styles['count']}>
                {count}
                {waiting.hasNextPage && '+'}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <div className={styles['tools']}>
        <SearchBox q={wanted.q} onSearch={(q) => show({ q })} />
        <Tooltip label={wanted.closed ? t('inbox.showOpen') : t('inbox.showClosed')}>
          <ActionIcon
            variant={wanted.closed ? 'light' : 'subtle'}
            className={styles['tool']}
            size={36}
            aria-label={t('inbox.showClosed')}
            aria-pressed={wanted.closed}
            onClick={() => show({ closed: !wanted.closed })}
          >
            <Archive size={18} />
          </ActionIcon>
        </Tooltip>
        <CompanyMode />
      </div>
    </div>
  );
}

/** Asks once the typing rests; the address keeps what was asked. */
function SearchBox({ q, onSearch }: { readonly q: string; readonly onSearch: (q: string) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(q);
  const [asked, setAsked] = useState(q);
  if (q !== asked) {
    setAsked(q);
    setText(q);
  }
  const latest = useRef(onSearch);
  useEffect(() => {
    latest.current = onSearch;
  });
  useEffect(() => {
    if (text === asked) return undefined;
    const timer = setTimeout(() => {
      setAsked(text);
      latest.current(text);
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [text, asked]);
  useShortcut('/', t('inbox.keys.search'), () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      className={styles['search']}
      type="search"
      value={text}
      maxLength={100}
      placeholder={t('inbox.searchHint')}
      aria-label={t('inbox.searchHint')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text !== '' && (
          <ActionIcon variant="subtle" aria-label={t('inbox.clearSearch')} onClick={() => setText('')}>
            <IconX size={14} />
          </ActionIcon>
        )
      }
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          if (text === '') event.currentTarget.blur();
          else setText('');
        }
      }}
    />
  );
}
