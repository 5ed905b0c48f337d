/** What the table and the board share above: views, the switch between the two, creating, filters. */
import { Button, Text, Title } from '@mantine/core';
import { IconLayoutKanban, IconPlus, IconTable } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ShortcutButton } from '@/components/ShortcutButton';
import { useCreating } from '@/lib/history/create';
import { can, useMe } from '@/lib/session/session';
import { FilterBar } from './FilterBar';
import type { Filters } from './filters';
import styles from './Leads.module.css';
import { ViewTabs } from './ViewTabs';

const Files = lazy(() => import('./Files'));
const CreateLead = lazy(() => import('./CreateLead'));

interface Props {
  readonly place: 'leads' | 'pipeline';
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
  /** What the list comes to: how many, how much. */
  readonly figure: ReactNode;
}

export function ListHead({ place, filters, onFilters, figure }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { creating, begin, end } = useCreating();
  const writable = can(me, 'leads.write');
  return (
    <header className={styles['head']}>
      <div className={styles['headLine']}>
        <Title order={1}>{t(`place.${place}`)}</Title>
        <ViewTabs filters={filters} onFilters={onFilters} />
        {writable && (
          <ShortcutButton
            shortcut="c"
            label={t('leads.create.open')}
            icon={<IconPlus size={16} aria-hidden />}
            onRun={begin}
            flex="none"
          />
        )}
        {place === 'leads' && (can(me, 'leads.import') || can(me, 'exports')) && (
          <Suspense>
            <Files filters={filters} />
          </Suspense>
        )}
      </div>
      <div className={styles['headLine']}>
        <FilterBar filters={filters} onFilters={onFilters} withStage={place === 'leads'} />
        <Text size="sm" c="var(--nx-text2)" className={styles['figure'] ?? ''} component="div">
          {figure}
        </Text>
        {writable && place === 'leads' && (
          <Button renderRoot={(props) => <Link {...props} to="/duplicates" />} variant="subtle" size="compact-md" flex="none">
            {t('place.duplicates')}
          </Button>
        )}
        {can(me, 'pipeline.read') && (
          <Button.Group className={styles['switch'] ?? ''} aria-label={t('leads.shape')}>
            <Shape to="/leads" here={place === 'leads'} filters={filters} label={t('leads.table')} icon={<IconTable size={16} aria-hidden />} />
            <Shape
              to="/pipeline"
              here={place === 'pipeline'}
              filters={filters}
              label={t('leads.board.name')}
              icon={<IconLayoutKanban size={16} aria-hidden />}
            />
          </Button.Group>
        )}
      </div>
      <Suspense>{creating && writable && <CreateLead onClose={end} />}</Suspense>
    </header>
  );
}

interface ShapeProps {
  readonly to: '/leads' | '/pipeline';
  readonly here: boolean;
  readonly filters: Filters;
  readonly label: string;
  readonly icon: ReactNode;
}

function Shape({ to, here, filters, label, icon }: ShapeProps) {
  return (
    <Button
      renderRoot={(props) => <Link {...props} to={to} search={filters} />}
      variant={here ? 'light' : 'default'}
      size="compact-md"
      leftSection={icon}
      aria-current={here ? 'page' : undefined}
    >
      {label}
    </Button>
  );
}
