/** «Mensajes»: what was said and holds what is searched for, newest first; each opens the thread at that message. */
import { Button } from '@mantine/core';
import { IconFile, IconMicrophone } from '@tabler/icons-react';
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Spoken } from '@/components/Spoken';
import { Ago } from '@/components/Time';
import { Waiting } from '@/components/Waiting';
import { nameOf } from '@/features/inbox/queries';
import { api, bodyOf, type Schemas } from '@/lib/api/client';
import { pageParams } from '@/lib/query/pages';
import styles from './Hits.module.css';

type Found = Schemas['FoundView'];

const hitsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['hits', q],
    queryFn: async ({ pageParam, signal }) =>
      bodyOf(await api.GET('/chat/search', { params: { query: { q, cursor: pageParam, limit: 20 } }, signal })),
    ...pageParams,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

export default function MessageHits({ q, message }: { readonly q: string; readonly message: number | undefined }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(hitsQuery(q));
  const hits = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const alike = query.data?.pages[0]?.alike ?? false;
  return (
    <section className={styles['hits']} aria-label={t('hits.title')}>
      <h2 className={styles['title']}>
        {t('hits.title')}
        {alike && <span className={styles['alike']}>{t('hits.alike', { q })}</span>}
      </h2>
      <Spoken>{query.isSuccess && !query.isPlaceholderData ? t('hits.count', { count: hits.length }) : ''}</Spoken>
      {query.isPending && <Waiting rows={3} height={56} />}
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && hits.length === 0 && <p className={styles['none']}>{t('hits.none', { q })}</p>}
      <ul className={styles['rows']}>
        {hits.map((found) => (
          <li key={found.id}>
            <Hit found={found} open={found.id === message} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Hit({ found, open }: { readonly found: Found; readonly open: boolean }) {
  const { t } = useTranslation();
  const PlaceIcon = { body: null, file: IconFile, words: IconMicrophone }[found.place];
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: found.conversation_id }}
      search={(before) => ({ ...before, message: found.id })}
      className={styles['hit'] ?? ''}
      aria-current={open ? 'true' : undefined}
    >
      <span className={styles['line']}>
        <span className={styles['name']}>{nameOf(found) ?? t('inbox.nobody')}</span>
        <span className={styles['meta']}>
          <Ago at={found.created_at} />
        </span>
      </span>
      <span className={styles['said']}>
        {PlaceIcon && <PlaceIcon size={14} role="img" aria-label={t(`hits.place.${found.place === 'file' ? 'file' : 'words'}`)} />}
        {found.direction === 'note' && <b>{t('inbox.noteShort')} </b>}
        {found.parts.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>))}
      </span>
    </Link>
  );
}
