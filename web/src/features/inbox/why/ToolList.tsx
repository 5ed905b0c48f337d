/** The tools that the agent used; each unfolds what it asked and what it was told. */
import { useTranslation } from 'react-i18next';
import type { ToolCall } from './queries';
import { textOf } from './story';
import styles from './Why.module.css';

const TOOLS = [
  'qualify_lead',
  'check_seller_availability',
  'book_sales_meeting',
  'reschedule_meeting',
  'cancel_meeting',
  'convert_to_client',
  'update_lead',
  'get_pipeline_stages',
  'search_knowledge',
  'request_human',
] as const;

export function ToolList({ tools }: { readonly tools: readonly ToolCall[] }) {
  const { t } = useTranslation();
  if (tools.length === 0) return null;
  return (
    <ul className={styles['tools']} aria-label={t('why.tools')}>
      {tools.map((call) => (
        <li key={`${call.created_at} ${call.tool} ${JSON.stringify(call.arguments)}`} data-refused={call.refused}>
          <details className={styles['more']}>
            <summary>
              <ToolName tool={call.tool} />
              {call.refused && <span className={styles['refusal']}> {t('why.refused', { rule: textOf(call.result['explanation']) })}</span>}
            </summary>
            <Facts title={t('why.asked')} facts={call.arguments} />
            <Facts title={t('why.told')} facts={call.result} />
          </details>
        </li>
      ))}
    </ul>
  );
}

function Facts({ title, facts }: { readonly title: string; readonly facts: Readonly<Record<string, unknown>> }) {
  if (Object.keys(facts).length === 0) return null;
  return (
    <>
      <h3 className={styles['hint']}>{title}</h3>
      <pre className={styles['facts']} tabIndex={0}>
        {JSON.stringify(facts, null, 2)}
      </pre>
    </>
  );
}

function ToolName({ tool }: { readonly tool: string }) {
  const { t } = useTranslation();
  const known = TOOLS.find((one) => one === tool);
  return known ? t(`why.tool.${known}`) : tool;
}
