import type { CardWords } from './card-words.ts'

/*
 * The visitor's languages besides English: what launcher and card say in them, and what a link says
 * that kept the shipped words. The panel's words are in packages/widget/languages.
 */

type Language = Omit<CardWords, 'from'> & {
  readonly from: string
  /** Instead of DEFAULT_STYLE's. */
  readonly shipped: {
    /** Where a link says nothing. */
    readonly chat: string
    readonly onlineText: string
    readonly offlineText: string
    readonly greeting: string
  }
}

const all = {
  ar: {
    lang: 'ar',
    dir: 'rtl',
    from: 'دعوة إلى محادثة من {name}',
    no: 'لا، شكرًا',
    yes: 'رد',
    write: 'اكتب ردًا…',
    closing: 'تُغلق خلال ثوانٍ',
    keep: 'إبقاؤها مفتوحة',
    shipped: {
      chat: 'محادثة',
      onlineText: 'تحدث معنا',
      offlineText: 'نحن غير متاحين',
      greeting: 'كيف يمكننا مساعدتك؟',
    },
  },
  cs: {
    lang: 'cs',
    dir: 'ltr',
    from: 'Pozvánka k chatu od: {name}',
    no: 'Ne, děkuji',
    yes: 'Odpovědět',
    write: 'Napište odpověď…',
    closing: 'Za pár sekund se zavře',
    keep: 'Nechat otevřené',
    shipped: {
      chat: 'Chat',
      onlineText: 'Napište nám',
      offlineText: 'Nejsme tu',
      greeting: 'Jak vám můžeme pomoci?',
    },
  },
  da: {
    lang: 'da',
    dir: 'ltr',
    from: 'Chatinvitation fra {name}',
    no: 'Nej tak',
    yes: 'Svar',
    write: 'Skriv et svar…',
    closing: 'Lukker om få sekunder',
    keep: 'Hold den åben',
    shipped: {
      chat: 'Chat',
      onlineText: 'Chat med os',
      offlineText: 'Vi er her ikke',
      greeting: 'Hvordan kan vi hjælpe?',
    },
  },
  de: {
    lang: 'de',
    dir: 'ltr',
    from: 'Einladung zum Chat von {name}',
    no: 'Nein, danke',
    yes: 'Antworten',
    write: 'Antwort schreiben…',
    closing: 'Schließt in wenigen Sekunden',
    keep: 'Offen lassen',
    shipped: {
      chat: 'Chat',
      onlineText: 'Chatten Sie mit uns',
      offlineText: 'Wir sind nicht da',
      greeting: 'Wie können wir helfen?',
    },
  },
  es: {
    lang: 'es',
    dir: 'ltr',
    from: 'Invitación a chatear de {name}',
    no: 'No, gracias',
    yes: 'Responder',
    write: 'Escriba una respuesta…',
    closing: 'Se cierra en unos segundos',
    keep: 'Dejarla abierta',
    shipped: {
      chat: 'Chat',
      onlineText: 'Hable con nosotros',
      offlineText: 'No estamos',
      greeting: '¿En qué podemos ayudar?',
    },
  },
  fi: {
    lang: 'fi',
    dir: 'ltr',
    from: 'Keskustelukutsu: {name}',
    no: 'Ei kiitos',
    yes: 'Vastaa',
    write: 'Kirjoita vastaus…',
    closing: 'Sulkeutuu muutaman sekunnin kuluttua',
    keep: 'Pidä auki',
    shipped: {
      chat: 'Chat',
      onlineText: 'Keskustele kanssamme',
      offlineText: 'Emme ole paikalla',
      greeting: 'Miten voimme auttaa?',
    },
  },
  fr: {
    lang: 'fr',
    dir: 'ltr',
    from: 'Invitation à discuter de {name}',
    no: 'Non merci',
    yes: 'Répondre',
    write: 'Écrire une réponse…',
    closing: 'Se ferme dans quelques secondes',
    keep: 'Garder ouvert',
    shipped: {
      chat: 'Discussion',
      onlineText: 'Discuter avec nous',
      offlineText: 'Nous sommes absents',
      greeting: 'Comment pouvons-nous aider ?',
    },
  },
  he: {
    lang: 'he',
    dir: 'rtl',
    from: 'הזמנה לצ׳אט מאת {name}',
    no: 'לא, תודה',
    yes: 'תשובה',
    write: 'כתיבת תשובה…',
    closing: 'נסגר בעוד כמה שניות',
    keep: 'להשאיר פתוח',
    shipped: {
      chat: 'צ׳אט',
      onlineText: 'דברו איתנו',
      offlineText: 'אנחנו לא כאן',
      greeting: 'איך אפשר לעזור?',
    },
  },
  it: {
    lang: 'it',
    dir: 'ltr',
    from: 'Invito alla chat da {name}',
    no: 'No, grazie',
    yes: 'Rispondi',
    write: 'Scriva una risposta…',
    closing: 'Si chiude tra pochi secondi',
    keep: 'Lascia aperto',
    shipped: {
      chat: 'Chat',
      onlineText: 'Chatta con noi',
      offlineText: 'Non ci siamo',
      greeting: 'Come possiamo aiutare?',
    },
  },
  ja: {
    lang: 'ja',
    dir: 'ltr',
    from: '{name}からのチャットへの招待',
    no: '結構です',
    yes: '返信',
    write: '返信を入力…',
    closing: 'まもなく閉じます',
    keep: '開いたままにする',
    shipped: {
      chat: 'チャット',
      onlineText: 'チャットで相談',
      offlineText: '現在不在です',
      greeting: 'どのようなご用件ですか?',
    },
  },
  nl: {
    lang: 'nl',
    dir: 'ltr',
    from: 'Uitnodiging voor een chat van {name}',
    no: 'Nee, bedankt',
    yes: 'Antwoorden',
    write: 'Schrijf een antwoord…',
    closing: 'Sluit over enkele seconden',
    keep: 'Open laten',
    shipped: {
      chat: 'Chat',
      onlineText: 'Chat met ons',
      offlineText: 'Wij zijn er niet',
      greeting: 'Hoe kunnen wij helpen?',
    },
  },
  pl: {
    lang: 'pl',
    dir: 'ltr',
    from: 'Zaproszenie do czatu od: {name}',
    no: 'Nie, dziękuję',
    yes: 'Odpowiedz',
    write: 'Napisz odpowiedź…',
    closing: 'Zamknie się za kilka sekund',
    keep: 'Zostaw otwarte',
    shipped: {
      chat: 'Czat',
      onlineText: 'Porozmawiaj z nami',
      offlineText: 'Nie ma nas teraz',
      greeting: 'Jak możemy pomóc?',
    },
  },
  pt: {
    lang: 'pt',
    dir: 'ltr',
    from: 'Convite para o chat de {name}',
    no: 'Não, obrigado',
    yes: 'Responder',
    write: 'Escreva uma resposta…',
    closing: 'Fecha dentro de segundos',
    keep: 'Manter aberto',
    shipped: {
      chat: 'Chat',
      onlineText: 'Fale connosco',
      offlineText: 'Não estamos',
      greeting: 'Como podemos ajudar?',
    },
  },
  sv: {
    lang: 'sv',
    dir: 'ltr',
    from: 'Inbjudan till chatt från {name}',
    no: 'Nej tack',
    yes: 'Svara',
    write: 'Skriv ett svar…',
    closing: 'Stängs om några sekunder',
    keep: 'Håll den öppen',
    shipped: {
      chat: 'Chatt',
      onlineText: 'Chatta med oss',
      offlineText: 'Vi är inte här',
      greeting: 'Hur kan vi hjälpa till?',
    },
  },
  tr: {
    lang: 'tr',
    dir: 'ltr',
    from: '{name} sizi sohbete davet ediyor',
    no: 'Hayır, teşekkürler',
    yes: 'Yanıtla',
    write: 'Yanıt yazın…',
    closing: 'Birkaç saniye içinde kapanacak',
    keep: 'Açık tut',
    shipped: {
      chat: 'Sohbet',
      onlineText: 'Bizimle sohbet edin',
      offlineText: 'Şu anda yokuz',
      greeting: 'Nasıl yardımcı olabiliriz?',
    },
  },
  zh: {
    lang: 'zh',
    dir: 'ltr',
    from: '{name}邀请您聊天',
    no: '不用了，谢谢',
    yes: '回复',
    write: '输入回复…',
    closing: '几秒后关闭',
    keep: '保持打开',
    shipped: {
      chat: '聊天',
      onlineText: '与我们聊天',
      offlineText: '我们暂时不在',
      greeting: '有什么可以帮您？',
    },
  },
} as const satisfies Record<string, Language>

export type LanguageCode = keyof typeof all
export const LANGUAGES: Readonly<Record<LanguageCode, Language>> = all

/** What a visitor may be spoken to in, by code; English is one of them. */
export const LANGUAGE_CODES: readonly string[] = ['en', ...Object.keys(all)]

/** The first wish that can be met: `pt-BR` is met by `pt`. undefined is English. */
export function languageFor(
  wishes: readonly (string | null | undefined)[],
): LanguageCode | undefined {
  for (const wish of wishes) {
    const code = wish?.toLowerCase().split('-')[0]
    if (code === 'en') return undefined
    if (code && Object.hasOwn(all, code)) return code as LanguageCode
  }
  return undefined
}
