/** What the dry run found: nothing is written yet, and what to do next is clear. */
import { Button, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Figures } from './Figures';
import styles from './Imports.module.css';
import type { WholeImport } from './queries';
import { RowList } from './RowList';

interface Props {
  readonly one: WholeImport;
  readonly busy: boolean;
  readonly onMap: () => void;
  readonly onRun: () => void;
}

export function Checked({ one, busy, onMap, onRun }: Props) {
  const { t } = useTranslation();
  const { create = 0, change = 0, bad = 0, repeated = 0 } = one.checked;
  const writes = create + change;
  return (
    <>
      <section className={styles['card']}>
        <Text fw={500}>{t('imports.nothingYet')}</Text>
        <Figures counts={one.checked} tense="would" />
        {one.new_tags.length > 0 && (
          <Text size="sm">{t('imports.newTags', { count: one.new_tags.length, names: one.new_tags.join(', ') })}</Text>
        )}
        {bad + repeated > 0 && (
          <p className={styles['warning']}>
            <IconAlertTriangle size={16} aria-hidden />
            {t('imports.refusedHint', { count: bad + repeated })}
          </p>
        )}
        <div className={styles['ways']}>
          <Button loading={busy} disabled={writes === 0} onClick={onRun}>
            {writes === 0 ? t('imports.nothingToDo') : t('imports.run', { count: writes })}
          </Button>
          <Button variant="default" onClick={onMap}>
            {t('imports.mapAgain')}
          </Button>
        </div>
      </section>
      {bad + repeated > 0 && <RowList one={one} which="refused" title={t('imports.refused')} />}
    </>
  );
}
