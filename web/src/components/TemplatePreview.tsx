/** A template as the customer's phone will show it; what a variable fills is marked, what is open stays in braces. */
import { IconFile, IconPhoto, IconVideo } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { pieces, type Part, type Template, type Values } from '@/lib/templates/templates';
import styles from './TemplatePreview.module.css';

type Shown = Pick<Template, 'header_kind' | 'header_text' | 'body' | 'footer' | 'buttons' | 'language'>;

const FILES = { image: IconPhoto, video: IconVideo, document: IconFile } as const;

export function TemplatePreview({ template, values }: { readonly template: Shown; readonly values: Values }) {
  const { t } = useTranslation();
  const { header_kind: kind, header_text: header, footer } = template;
  const FileIcon = kind && kind !== 'text' ? FILES[kind] : null;
  return (
    <figure className={styles['phone']} aria-label={t('templates.preview')}>
      <div className={styles['bubble']} lang={template.language.slice(0, 2)}>
        {FileIcon && (
          <span className={styles['file']}>
            <FileIcon size={28} stroke={1.5} aria-hidden />
          </span>
        )}
        {kind === 'text' && header && (
          <p className={styles['header']}>
            <Filled part="header" text={header} values={values} />
          </p>
        )}
        <p>
          <Filled part="body" text={template.body} values={values} />
        </p>
        {footer && <p className={styles['footer']}>{footer}</p>}
      </div>
      {template.buttons.length > 0 && (
        <ul className={styles['buttons']} aria-label={t('inbox.choices')}>
          {template.buttons.map(({ text }, index) => (
            <li key={index}>{text}</li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function Filled({ part, text, values }: { readonly part: Part; readonly text: string; readonly values: Values }) {
  return pieces(part, text, values).map(({ text: piece, variable }, index) =>
    variable === null ? piece : (
      <mark key={index} className={styles['value']}>
        {piece}
      </mark>
    ),
  );
}
