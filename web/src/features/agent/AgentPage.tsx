/** Agente: shape it on the left, try it on the right; on a phone these are two tabs (UI §4). */
import { Alert, Button, Group, Modal, SegmentedControl, Tabs, Textarea, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { withWords } from '@/lib/i18n';
import styles from './Agent.module.css';
import { AtTheCap } from './model/AtTheCap';
import { Playground } from './Playground';
import { PublishDialog } from './PublishDialog';
import { QuestionsTab } from './QuestionsTab';
import { scriptQuery, type Served } from './queries';
import { agentSearch } from './search';
import { SpeechTab } from './SpeechTab';
import { useScript, type Writing } from './useScript';
import { VersionsTab } from './VersionsTab';

const ModelSection = lazy(async () => ({ default: (await withWords(import('./model/ModelSection'))).ModelSection }));

export function AgentPage() {
  const query = useQuery(scriptQuery);
  if (query.isPending) return <Waiting rows={8} height={64} />;
  if (!query.data) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  return <Studio served={query.data} />;
}

function Studio({ served }: { readonly served: Served }) {
  const { t } = useTranslation();
  const writing = useScript(served);
  const [pane, setPane] = useState('shape');
  const [publishing, setPublishing] = useState(false);
  const narrow = useMediaQuery('(max-width: 1023px)', false, { getInitialValueInEffect: false });
  useSaving(writing);
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Title order={1}>{t('place.agent')}</Title>
        <Group gap="sm" className={styles['headActs'] ?? ''}>
          <span className={styles['state']} role="status">
            {stateOf(writing, served, t)}
          </span>
          {served.draft && !writing.dirty && (
            <Button variant="default" onClick={writing.discard} disabled={writing.busy}>
              {t('agentPage.discard')}
            </Button>
          )}
          {writing.dirty && (
            <Button variant="default" onClick={() => void writing.save()} loading={writing.busy} aria-keyshortcuts="Meta+S Control+S">
              {t('agentPage.save')}
            </Button>
          )}
          <Button disabled={writing.changes.length === 0} onClick={() => setPublishing(true)}>
            {t('agentPage.publish')}
          </Button>
        </Group>
      </header>
      <AtTheCap />
      {narrow && (
        <SegmentedControl
          fullWidth
          mb="sm"
          aria-label={t('place.agent')}
          value={pane}
          onChange={setPane}
          data={[
            { value: 'shape', label: t('agentPage.shape') },
            { value: 'try', label: t('agentPage.tryTab') },
          ]}
        />
      )}
      <div className={styles['panes']}>
        {(!narrow || pane === 'shape') && (
          <div className={styles['form']}>
            {served.brain === 'demo' && (
              <Alert color="note" mb="md" variant="light">
                {t('agentPage.demoBrain')}
              </Alert>
            )}
            <Form writing={writing} live={served.number ?? null} />
          </div>
        )}
        {(!narrow || pane === 'try') && <Playground agent={writing.script.agent_name} onBefore={writing.save} />}
      </div>
      {publishing && <PublishDialog writing={writing} onClose={() => setPublishing(false)} />}
      <Leaving writing={writing} />
    </div>
  );
}

function Form({ writing, live }: { readonly writing: Writing; readonly live: number | null }) {
  const { t } = useTranslation();
  const { tab = 'speech' } = useSearch({ from: '/shell/studio' });
  const navigate = useNavigate();
  const open = (value: string | null) => void navigate({ to: '/studio', search: agentSearch({ tab: value }), replace: true });
  return (
    <Tabs value={tab} onChange={open} keepMounted={false} classNames={{ list: styles['tabs'] ?? '', panel: styles['panel'] ?? '' }}>
      <Tabs.List aria-label={t('agentPage.shape')}>
        <Tabs.Tab value="speech">{t('agentPage.tab.speech')}</Tabs.Tab>
        <Tabs.Tab value="offer">{t('agentPage.tab.offer')}</Tabs.Tab>
        <Tabs.Tab value="questions">{t('agentPage.tab.questions')}</Tabs.Tab>
        <Tabs.Tab value="model">{t('agentPage.tab.model')}</Tabs.Tab>
        <Tabs.Tab value="versions">{t('agentPage.tab.versions')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="speech">
        <SpeechTab writing={writing} />
      </Tabs.Panel>
      <Tabs.Panel value="offer">
        <Textarea
          label={t('agentPage.field.offer')}
          description={t('agentPage.means.offer')}
          autosize
          minRows={10}
          maxRows={28}
          maxLength={4000}
          value={writing.script.offer}
          onChange={(event) => writing.set({ offer: event.currentTarget.value })}
        />
      </Tabs.Panel>
      <Tabs.Panel value="questions">
        <QuestionsTab writing={writing} />
      </Tabs.Panel>
      <Tabs.Panel value="model">
        <Suspense fallback={<Waiting rows={6} height={64} />}>
          <ModelSection />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="versions">
        <VersionsTab live={live} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Leaving with words that are kept nowhere asks once; reloading does so by the browser's own question. */
function Leaving({ writing }: { readonly writing: Writing }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    disabled: !writing.dirty,
    enableBeforeUnload: writing.dirty,
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Modal opened onClose={reset} title={t('agentPage.leaveTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Group justify="flex-end">
        <Button variant="default" onClick={proceed}>
          {t('agentPage.leaveAnyway')}
        </Button>
        <Button data-autofocus loading={writing.busy} onClick={() => void writing.save().then((kept) => (kept ? proceed() : reset()))}>
          {t('agentPage.saveAndLeave')}
        </Button>
      </Group>
    </Modal>
  );
}

/** ⌘S and Ctrl S keep the draft wherever the focus is. */
function useSaving(writing: Writing): void {
  const latest = useRef(writing);
  useEffect(() => {
    latest.current = writing;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 's') {
        event.preventDefault();
        void latest.current.save();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function stateOf(writing: Writing, served: Served, t: TFunction): string {
  if (writing.dirty) return t('agentPage.unsaved');
  if (writing.changes.length > 0) return t('agentPage.draft', { count: writing.changes.length });
  return served.number === null ? t('agentPage.neverPublished') : t('agentPage.version', { number: served.number });
}
