/** Why it answered so: the screen's verdict, the tools with what they gave, claims that were sent back, what it took. */
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { money } from '@/lib/i18n/format';
import styles from './Agent.module.css';
import type { Exchange, TriedTool } from './queries';

const TOOLS = [
  'qualify_lead', 'check_seller_availability', 'book_sales_meeting', 'reschedule_meeting', 'cancel_meeting', 'convert_to_client',
  'update_lead', 'get_pipeline_stages', 'search_knowledge', 'request_human',
] as const;

export function Reasons({ exchange }: { readonly exchange: Exchange }) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(value);
  const { tools, reasons } = exchange;
  const untrue = exchange.attempts.flatMap((attempt) => attempt.untrue);
  const tokens = exchange.input_tokens + exchange.output_tokens;
  const took = [
    t('why.seconds', { seconds: number(exchange.seconds) }),
    ...(tokens > 0 ? [t('why.tokens', { count: tokens, shown: number(tokens) })] : []),
    ...(Number(exchange.cost) > 0 ? [money(exchange.cost, 'USD', i18n.language)] : []),
  ].join(' · ');
  return (
    <details className={styles['reasons']}>
      <summary>
        {t('agentPage.why')} {took}
      </summary>
      {exchange.verdict && (
        <p>
          {t('why.step.screen', { verdict: t(`why.verdict.${exchange.verdict}`) })}
          {reasons.length > 0 && ` (${reasons.join(', ')})`}
        </p>
      )}
      {tools.length > 0 && (
        <ul aria-label={t('why.tools')}>
          {tools.map((tool, index) => (
            <Tool key={`${String(index)} ${tool.tool}`} tool={tool} />
          ))}
        </ul>
      )}
      <p>
        {untrue.length === 0 ? t('agentPage.claimsHold') : t('why.untrue', { count: untrue.length, claims: untrue.join('; ') })}
      </p>
      {exchange.outcome === 'safe' && <p>{t('agentPage.safe')}</p>}
    </details>
  );
}

function Tool({ tool }: { readonly tool: TriedTool }) {
  const { t } = useTranslation();
  const known = TOOLS.find((one) => one === tool.tool);
  const explained = tool.result['explanation'];
  return (
    <li>
      <details>
        <summary>
          {known ? t(`why.tool.${known}`) : tool.tool}{' '}
          {tool.simulated && <Badge meaning="note">{t('agentPage.simulated')}</Badge>}
          {tool.refused && t('why.refused', { rule: typeof explained === 'string' ? explained : '' })}
        </summary>
        <pre tabIndex={0} aria-label={t('why.asked')}>
          {JSON.stringify(tool.arguments, null, 2)}
        </pre>
        <pre tabIndex={0} aria-label={t('why.told')}>
          {JSON.stringify(tool.result, null, 2)}
        </pre>
      </details>
    </li>
  );
}
