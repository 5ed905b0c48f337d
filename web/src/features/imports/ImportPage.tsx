/** One import, at the step where it stands: columns, dry run, run, report with its undo. */
import { Anchor, Button, Progress, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { Checked } from './Checked';
import styles from './Imports.module.css';
import { importKeys } from './keys';
import { Mapping } from './Mapping';
import { importQuery, isMoving, steer, type Import, type Verb, type WholeImport } from './queries';
import { useRefusal } from './refusals';
import { Report } from './Report';
import { StateBadge } from './StateBadge';

const STEPS = ['file', 'columns', 'check', 'run'] as const;
const AT: Readonly<Record<Import['state'], number>> = {
  draft: 1,
  checking: 2,
  checked: 2,
  running: 3,
  done: 4,
  cancelled: 4,
  undoing: 4,
  undone: 4,
};

export function ImportPage() {
  const { t } = useTranslation();
  const { importId } = useParams({ from: '/shell/imports/$importId' });
  const query = useQuery(importQuery(importId));
  const one = query.data;
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header>
          <Anchor component={Link} to="/imports" size="sm">
            {t('imports.toAll')}
          </Anchor>
          <div className={styles['headLine']}>
            <Title order={1}>{one?.filename ?? t('imports.title')}</Title>
            {one && isMoving(one) && <StateBadge state={one.state} />}
          </div>
          {one && (
            <Text size="sm" c="var(--nx-text2)">
              {t('imports.rows', { count: one.row_count })} · {one.encoding.toUpperCase()} · {t(`imports.delimiter.${delimiterName(one.delimiter)}`)}
            </Text>
          )}
        </header>
        {query.isPending && <Waiting rows={6} height={56} />}
        {query.isError && !one && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {one && <Steps at={AT[one.state]} />}
        {one && <Body key={one.id} one={one} />}
      </div>
    </div>
  );
}

function Body({ one }: { readonly one: WholeImport }) {
  const [mapping, setMapping] = useState(false);
  const steering = useSteering(one);
  if (isMoving(one)) return <Passing one={one} onCancel={() => steering.mutate('cancel')} busy={steering.isPending} />;
  if (one.state === 'draft' || (one.state === 'checked' && mapping)) return <Mapping one={one} onChecked={() => setMapping(false)} />;
  if (one.state === 'checked')
    return <Checked one={one} onMap={() => setMapping(true)} onRun={() => steering.mutate('run')} busy={steering.isPending} />;
  return <Report one={one} onUndo={() => steering.mutate('undo')} busy={steering.isPending} />;
}

function Steps({ at }: { readonly at: number }) {
  const { t } = useTranslation();
  return (
    <ol className={styles['steps']}>
      {STEPS.map((step, place) => (
        <li key={step} data-done={place < at} aria-current={place === at ? 'step' : undefined}>
          <span aria-hidden>{place < at ? '✓' : place + 1}</span>
          {t(`imports.step.${step}`)}
        </li>
      ))}
    </ol>
  );
}

function Passing({ one, onCancel, busy }: { readonly one: Import; readonly onCancel: () => void; readonly busy: boolean }) {
  const { t } = useTranslation();
  const { state, passed, chunk_count: chunks } = one;
  const done = chunks === 0 ? 0 : Math.round((passed / chunks) * 100);
  const word = state === 'checking' ? 'checking' : state === 'running' ? 'running' : 'undoing';
  return (
    <section className={styles['card']} aria-live="polite">
      <Text fw={500}>{t(`imports.passing.${word}`, { done })}</Text>
      <Progress value={done} size="lg" aria-label={t(`imports.passing.${word}`, { done })} />
      <Text size="sm" c="var(--nx-text2)">
        {t('imports.mayLeave')}
      </Text>
      {state !== 'undoing' && (
        <Button variant="default" w="fit-content" loading={busy} onClick={onCancel}>
          {t('imports.cancel')}
        </Button>
      )}
    </section>
  );
}

/** The answer is the import without its sample; the page keeps the one that it has. */
function useSteering(one: WholeImport) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (verb: Verb) => steer(one.id, verb),
    onError: useRefusal(),
    onSuccess: (moved) => {
      cache.setQueryData<WholeImport>(importKeys.one(one.id), (known) => known && { ...known, ...moved });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: importKeys.all }),
  });
}

function delimiterName(delimiter: string): 'comma' | 'semicolon' | 'tab' | 'bar' {
  return delimiter === ';' ? 'semicolon' : delimiter === '\t' ? 'tab' : delimiter === '|' ? 'bar' : 'comma';
}
