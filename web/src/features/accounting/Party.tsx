/** Whose a line is: the way to the client, and beside it the one to the lead that they were; to the lead alone where there is no client. */
import { IconUserSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import styles from './Accounting.module.css';
import type { Line } from './queries';

interface Props {
  readonly line: Line;
  readonly t: TFunction;
  readonly tabIndex?: number;
}

/** It asks for nothing itself: hundreds are drawn while one scrolls. */
export function Party({ line, t, tabIndex = 0 }: Props) {
  const { client_id: clientId, lead_id: leadId } = line;
  const name = line.client_name ?? line.lead_name ?? t('accounting.nameless');
  if (clientId === null) return leadId === null ? null : <ToLead id={leadId} tabIndex={tabIndex}>{name}</ToLead>;
  return (
    <span className={styles['party']}>
      <Link to="/clients/$clientId" params={{ clientId }} tabIndex={tabIndex} onClick={(event) => event.stopPropagation()}>
        {name}
      </Link>
      {leadId !== null && (
        <ToLead id={leadId} tabIndex={tabIndex} label={t('accounting.openLead', { name })}>
          <IconUserSearch size={16} aria-hidden />
        </ToLead>
      )}
    </span>
  );
}

interface ToLeadProps {
  readonly id: number;
  readonly tabIndex: number;
  readonly label?: string;
  readonly children: React.ReactNode;
}

function ToLead({ id, tabIndex, label, children }: ToLeadProps) {
  return (
    <Link to="/leads/$leadId" params={{ leadId: id }} tabIndex={tabIndex} aria-label={label} title={label} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  );
}
