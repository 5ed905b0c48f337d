/** The templates by state; the chosen one as a phone shows it, filled with the examples it was approved with. */
import { Title, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX, IconClock, type Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { variableName } from '@/components/TemplateForm';
import { TemplatePreview } from '@/components/TemplatePreview';
import { samplesOf, type Template } from '@/lib/templates/templates';
import type { MeaningName } from '@/lib/theme/tokens';
import { groupsOf, knownReason, stateOf, type State } from './groups';
import styles from './Templates.module.css';

const LOOKS: Readonly<Record<State, readonly [MeaningName, Icon]>> = {
  approved: ['ok', IconCircleCheck],
  waiting: ['note', IconClock],
  rejected: ['danger', IconCircleX],
  paused: ['danger', IconAlertTriangle],
  removed: ['muted', IconCircleDashed],
};

export function TemplateList({ templates }: { readonly templates: readonly Template[] }) {
  const { t } = useTranslation();
  const groups = groupsOf(templates);
  const [chosenId, setChosen] = useState<number | null>(null);
  const preview = useRef<HTMLElement>(null);
  const choose = (id: number) => {
    setChosen(id);
    preview.current?.scrollIntoView({ block: 'nearest' }); // on a phone it stands below the list
  };
  const chosen = templates.find(({ id }) => id === chosenId) ?? groups[0]?.templates[0];
  return (
    <div className={styles['split']}>
      <div className={styles['groups']}>
        {groups.map(({ state, templates: members }) => {
          const [meaning, StateIcon] = LOOKS[state];
          return (
            <section key={state} aria-labelledby={`templates-${state}`}>
              <Title order={2} id={`templates-${state}`} className={styles['state'] ?? ''}>
                <Badge meaning={meaning} icon={<StateIcon size={14} aria-hidden />}>
                  {t(`templates.state.${state}`)} {members.length}
                </Badge>
              </Title>
              <ul className={styles['rows']}>
                {members.map((template) => (
                  <li key={template.id}>
                    <Row template={template} chosen={template.id === chosen?.id} onChoose={() => choose(template.id)} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      {chosen && (
        <aside className={styles['shown']} aria-label={chosen.name} ref={preview}>
          <Shown template={chosen} />
        </aside>
      )}
    </div>
  );
}

interface RowProps {
  readonly template: Template;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Row({ template, chosen, onChoose }: RowProps) {
  const { t } = useTranslation();
  const why = whyNot(template, t);
  const category = categoryOf(template.category);
  return (
    <UnstyledButton className={styles['row'] ?? ''} aria-pressed={chosen} onClick={onChoose}>
      <span className={styles['name']}>{template.name}</span>
      <span className={styles['meta']}>
        {[template.language, category && t(`templates.category.${category}`), template.channel_name].filter(Boolean).join(' · ')}
      </span>
      {why && <span className={styles['why']}>{why}</span>}
    </UnstyledButton>
  );
}

function Shown({ template }: { readonly template: Template }) {
  const { t } = useTranslation();
  const samples = samplesOf(template);
  return (
    <>
      <TemplatePreview template={template} values={samples} />
      {template.variables.length > 0 && (
        <dl className={styles['variables']}>
          {template.variables.map((variable) => (
            <div key={variable.key}>
              <dt>{variableName(variable, t)}</dt>
              <dd>{variable.sample ?? t('templates.noSample')}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

const CATEGORIES = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const;

function categoryOf(category: string | null): (typeof CATEGORIES)[number] | null {
  return CATEGORIES.find((known) => known === category) ?? null;
}

/** Why it cannot be sent, where its state alone does not say it. */
function whyNot(template: Template, t: TFunction): string | null {
  if (template.unsupported !== null) return t('templates.unsupported', { part: template.unsupported });
  if (template.reason === null || stateOf(template) === 'approved') return null;
  const known = knownReason(template.reason);
  return known ? t(`templates.reason.${known}`) : t('templates.reason.other', { reason: template.reason });
}
