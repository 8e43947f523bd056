"""Mail: reports go up, submissions come in, faulty ones go back, the silent are reminded.

accounts, credentials, oauth   who we are to a server; secrets only in the system's own store
store, outbox                  what is to be sent and what was fetched, in the ledger, covered by its journal
smtp, imap, sasl, tls          talking to servers
compose, drafts, attachments   messages out and in
report, correspondence, collect   the actions: send upward; return and remind; fetch
"""
