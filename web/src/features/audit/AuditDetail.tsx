/** One line of the log in full: exact moment, raw name, what changed, whatever else it holds. */
import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { exact } from '@/lib/i18n/format';
import { useTeam } from '@/lib/team/team';
import styles from './Audit.module.css';
import { Grave } from './AuditRow';
import type { AuditLine } from './queries';
import { aboutWhat, actionName, changesOf, outcome, whoDid } from './words';

interface Props {
  readonly line: AuditLine;
  readonly onClose: () => void;
}

const TOLD_APART = new Set(['changes']);

export default function AuditDetail({ line, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const names = new Map(useTeam().map(({ id, name }) => [id, name]));
  const changes = changesOf(line.detail);
  const rest = Object.entries(line.detail).filter(([name]) => changes.length === 0 || !TOLD_APART.has(name));
  const facts: readonly (readonly [string, string | null])[] = [
    [t('audit.column.when'), exact(line.occurred_at, i18n.language)],
    [t('audit.column.who'), whoDid(line.user_id, names, t)],
    [t('audit.column.subject'), aboutWhat(line.subject, names, t)],
    [t('audit.column.address'), line.address],
    [t('audit.rawAction'), [line.action, line.subject].filter(Boolean).join(' · ')],
    [t('audit.request'), line.request_id],
    [t('audit.line'), String(line.id)],
  ];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(480px, 100%)"
      title={actionName(line.action, t)}
      closeButtonProps={{ 'aria-label': t('close'), size: 44 }}
    >
      <Grave severity={line.severity} ended={outcome(line)} t={t} />
      <dl className={styles['facts']}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {changes.length > 0 && (
        <table className={styles['changes']}>
          <thead>
            <tr>
              <th scope="col">{t('audit.field')}</th>
              <th scope="col">{t('audit.was')}</th>
              <th scope="col">{t('audit.became')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, was, became }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>{said(was) ?? t('audit.nothing')}</td>
                <td>{said(became) ?? t('audit.nothing')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {line.erased && <p className={styles['erased']}>{t('audit.erased')}</p>}
      {rest.length > 0 && (
        <section aria-labelledby="audit-detail">
          <h3 id="audit-detail">{t('audit.detail')}</h3>
          <dl className={styles['facts']}>
            {rest.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{said(value) ?? t('audit.nothing')}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </Drawer>
  );
}

function said(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map((each) => said(each) ?? '').join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
