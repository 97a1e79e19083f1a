/** Where the profile's proxy comes out, and the settings that go with that. */
import { Crosshair, Globe } from 'lucide-solid';
import { Show } from 'solid-js';
import type { AlignmentOffer } from '../../../../../workspace/model/places/alignment.ts';
import { countryName, refusalText } from '../../../../text/contradictions.ts';
import { Button } from '../../../parts/Button.tsx';
import { SelectField } from '../../../parts/SelectField.tsx';
import { locale, show, t } from '../../../shell/text.ts';

interface ExitAlignmentProps {
  readonly name: string;
  readonly offer: AlignmentOffer;
  readonly checking: boolean;
  /** Absent where there is no single proxy to ask. */
  readonly onCheck: (() => void) | undefined;
  /** Another zone of the country. */
  readonly onZone: (timeZone: string) => void;
  readonly onAlign: () => void;
}

export function ExitAlignment(props: ExitAlignmentProps) {
  const known = () => (props.offer.state === 'known' ? props.offer : null);
  const words = () => {
    const { offer } = props;
    if (offer.state !== 'known') return refusalText(locale(), offer, props.name);
    const { address, country, at } = offer.exit;
    const name = country ? countryName(locale(), country) : '';
    return t('consistency.exit.known', { country: name, address, when: show.ago(at) });
  };
  return (
    <>
      <p>{words()}</p>
      <Show when={known()}>
        {(offer) => (
          <>
            <Show when={offer().zones.length > 1}>
              <SelectField
                label={t('profile.timeZone')}
                value={offer().alignment.timeZone}
                choices={offer().zones.map((zone) => ({
                  value: zone,
                  label: zone.replaceAll('_', ' '),
                }))}
                onValue={props.onZone}
              />
            </Show>
            <p class="text-ink-2">
              {t('consistency.exit.offer', {
                languages: offer().alignment.languages.join(', '),
                timeZone: offer().alignment.timeZone,
                latitude: show.number(offer().alignment.geolocation.latitude),
                longitude: show.number(offer().alignment.geolocation.longitude),
                accuracy: show.number(offer().alignment.geolocation.accuracy / 1_000),
              })}
            </p>
          </>
        )}
      </Show>
      <div class="flex flex-wrap gap-2 empty:hidden">
        <Show when={known()}>
          <Button small onClick={props.onAlign}>
            <Crosshair class="size-3.5" aria-hidden="true" />
            {t('fix.align')}
          </Button>
        </Show>
        <Show when={props.onCheck}>
          {(check) => (
            <Button small busy={props.checking} onClick={check()}>
              <Show when={!props.checking}>
                <Globe class="size-3.5" aria-hidden="true" />
              </Show>
              {props.checking ? t('proxies.checking') : t('proxies.checkNow')}
            </Button>
          )}
        </Show>
      </div>
    </>
  );
}
