
BBBBBBB BBBBBBBBBBB
BBBB BBBB BBBB BBBB
BBBBB BBBBB gettext(u'Badge keys') BBBBBBBB

BBBBB BBBB
  XXXX XXXXXXXXXXXXX
    XXXXX
      XXXX gettext(u'Badge keys')  XXXXX XXXXXXXXXXXXXXFFFFFFXXXXXXXXXXXX
      XXX gettext(u'Every badge carries a code signed by a key of this installation. Doors believe a badge when its key is listed here and not retired.') XXXX
    XXXXXX
    BB BBBB
       gettext(u'Make a new badge key') 
       gettext(u'It signs from now on. Badges that were printed before stay valid until their key is retired.') 
       gettext(u'The new key signs from now on.') 
      BBBBBBB BBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBB BBBBBBBB BBBBBBBBBBBBBBBXXXXXXX XXXXXXXXXXXXXXXBBBBBBB BBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBBXXXXXXXXXBBBBBBBBBB
    BBBBB
  XXXXXX
  BBB BBBB BBBBBBBBBBBB BBBBBB BBBBBBBBB BB BBBB
    BB BBBBBBBBB
       gettext(u'Key %(number)s cannot be opened: the secret key of this installation was changed since it was made. Its badges still open the doors, but none can be printed again. Make a new badge key, then issue new badges.') SSS SSSSSSSSSS SSSSSS SS SSSSSSS SSS SSSSSS SSS SS SSSS SSSSSSSSSSSS SSS SSSSSSS SSSSS SS SSS SSSSS SSS SSSSSS SSSSS SSSS SSS SSSSSS SSS SSSS SSS SS SSSSSSS SSSSSS SSSS S SSS SSSSS SSSS SSSS SSSSS SSS SSSSSSS
      BBBBBBB BBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBB BBBBBBBBBBBBBBBBB
    BBBBB
  BBBBBB
  BB BBBB
    XXXXXXXX XXXXXXXXXXXXX
      XXXX XXXXXXXXXXXXXXX
        XXXXXX XXXXXXXXXXXX XXXXXXX
          XXXXXXX
            XXXX
              XXXX gettext(u'Key') XXXXX
              XXXX gettext(u'Fingerprint') XXXXX
              XXXX gettext(u'Made') XXXXX
              XXXX gettext(u'Badges in use') XXXXX
              XXXX gettext(u'State') XXXXX
              XXXXXXXXX XXXXXXXXXXX gettext(u'Actions') XXXXXXXXXXXX
            XXXXX
          XXXXXXXX
          XXXXXXX
            BBB BBBB BBBBBBBBBBBB BBBBBB BBBBBBBBB BB BBBB
              XXXX
                XXX XXXXXXXXXXXXX gettext(u'Key %(number)s') SSS SSSSSSSSSSXXXXX
                XXX XXXXXXXXXXXXXXXXX
                XXX XXXXXXXXXXXXFFFFFFFFF FFFFFFXXXXX
                XXX XXXXXXXXXXXXXXXXX
                XXXX
                  BB BBBBBBBBBBBBBB
                     gettext(u'Retired') BBBBBBB BBBBBBBBBBBBBBBBB BBBB BBBBBBB XXXXX XXXXXXXXXX XXXXXXXFFFFFFFFF FFFFFFXXXXXXX
                  BBBB BBBBB
                     gettext(u'Signs') BBBBBBB BBBBBBBBBBBBBBBBB BBBB BBBBBBBBB
                  BBBB
                     gettext(u'Still believed') BBBBBBB BBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBB
                  BBBBB
                XXXXX
                XXXX
                  BB BBB BBBBBBBBBBBBBB
                     gettext(u'Retire') 
                     gettext(u'Retire this key?') 
                    BB BBBBBBBBBB
                       ngettext(u'%(n)s badge it signed is not believed any more and has to be printed again. This cannot be undone.', u'%(n)s badges it signed are not believed any more and have to be printed again. This cannot be undone.', count) SSSSS SSSSS SS SSSSSS SS SSS SSSSSSSS SSS SSSS SSS SSS SS SS SSSSSSS SSSSSS SSSS SSSSSS SS SSSSSSSPPPPP PPPPPP PP PPPPPP PPP PPP PPPPPPPP PPP PPPP PPP PPPP PP PP PPPPPPP PPPPPP PPPP PPPPPP PP PPPPPPP
                    BBBB
                       gettext(u'No badge in use was signed by it. This cannot be undone.') 
                    BBBBB
                     gettext(u'The key is retired.') 
                    BBBBBBB BBBBBBBBBBBBBBBBBB BBBBBBBBBB BBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBB BBBBBBBB BBBBBBBBBBBBBBBXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXX  gettext(u'Key %(number)s') SSS SSSSSSSSSSXXXXXXXXXXXXXXXXBBBBBBBBBB
                  BBBBB
                XXXXX
              XXXXX
            BBBBBB
          XXXXXXXX
        XXXXXXXX
      XXXXXX
    XXXXXXXXXX
  BBBB
     gettext(u'No badge key yet') 
     gettext(u'The first one is made by itself when the first badge is issued.') 
    BBBBBBB BBBBBBBBBBBBBBBBBB
  BBBBB
BBBBBBBB BBBB
