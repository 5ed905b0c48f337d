/** How an import went, and the way back: once, and leads that somebody has worked on since stay. */
import { Button, Text } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Figures } from './Figures';
import styles from './Imports.module.css';
import type { WholeImport } from './queries';
import { RowList } from './RowList';

interface Props {
  readonly one: WholeImport;
  readonly busy: boolean;
  readonly onUndo: () => void;
}

export function Report({ one, busy, onUndo }: Props) {
  const { t } = useTranslation();
  const { create = 0, change = 0, bad = 0, repeated = 0 } = one.written;
  const { restored = 0, partly = 0, kept = 0 } = one.undone;
  const isUndone = one.state === 'undone';
  return (
    <>
      <section className={styles['card']}>
        <p className={styles['outcome']}>
          {isUndone ? <IconArrowBackUp size={20} aria-hidden /> : <IconCircleCheck size={20} aria-hidden />}
          {isUndone ? t('imports.isUndone', { count: restored }) : t(one.state === 'cancelled' ? 'imports.isCancelled' : 'imports.isDone')}
        </p>
        {partly + kept > 0 && (
          <Text size="sm" c="var(--nx-text2)">
            {t('imports.keptHint', { count: partly + kept })}
          </Text>
        )}
        <Figures counts={one.written} tense="did" />
        <div className={styles['ways']}>
          <Button renderRoot={(props) => <Link {...props} to="/leads" />}>{t('imports.toLeads')}</Button>
          {!isUndone && create + change > 0 && (
            <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} loading={busy} onClick={onUndo}>
              {t('imports.undo')}
            </Button>
          )}
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/imports" />}>
            {t('imports.another')}
          </Button>
        </div>
      </section>
      {partly + kept > 0 && <RowList one={one} which="kept" title={t('imports.keptRows')} />}
      {bad + repeated > 0 && <RowList one={one} which="refused" title={t('imports.refused')} />}
    </>
  );
}
