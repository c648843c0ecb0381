/* Asks GnuTLS's libdane, as danetool does, whether chains satisfy TLSA RRsets; no DNS is asked.
 *
 * Standard input, a line each:
 *   time SECONDS             the present, since the epoch, from here on
 *   chain HEX...             the certificates in DER from here on, the server's first
 *   records HEX...           the RDATA of TLSA records: answered by one line
 *
 * Answers: "accepted"; "refused STATUS" with libdane's flags; "unchecked" when it found no record that it understands;
 * "failed CODE" when it gave up on the whole RRset. Anything wrong in the input ends the program with status 1.
 */
#include <gnutls/dane.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 64

static time_t present;

static time_t now(time_t *result)
{
    if (result)
        *result = present;
    return present;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes words of hexadecimal digits; the number of words. The octets live as long as the program. */
static unsigned decode(char *words, gnutls_datum_t *items)
{
    unsigned count = 0;
    for (char *word = strtok(words, " \n"); word; word = strtok(NULL, " \n")) {
        size_t length = strlen(word);
        if (count == MOST || length % 2)
            exit(1);
        items[count].data = malloc(length / 2 + 1);
        items[count].size = (unsigned)(length / 2);
        for (size_t i = 0; i < length; i += 2) {
            int high = digit(word[i]), low = digit(word[i + 1]);
            if (high < 0 || low < 0)
                exit(1);
            items[count].data[i / 2] = (unsigned char)(high << 4 | low);
        }
        count++;
    }
    return count;
}

static void judge(dane_state_t state, const gnutls_datum_t *chain, unsigned length, char *words)
{
    gnutls_datum_t records[MOST];
    char *data[MOST + 1] = {NULL};
    int lengths[MOST] = {0};
    unsigned count = decode(words, records), status = 0;
    for (unsigned i = 0; i < count; i++) {
        data[i] = (char *)records[i].data;
        lengths[i] = (int)records[i].size;
    }
    dane_query_t query = NULL;
    int result = dane_raw_tlsa(state, &query, data, lengths, 1, 0);
    if (result >= 0)
        result = dane_verify_crt_raw(state, chain, length, GNUTLS_CRT_X509, query, 0, DANE_VFLAG_FAIL_IF_NOT_CHECKED,
                                     &status);
    if (result == DANE_E_REQUESTED_DATA_NOT_AVAILABLE)
        puts("unchecked");
    else if (result < 0)
        printf("failed %d\n", result);
    else if (status)
        printf("refused %u\n", status);
    else
        puts("accepted");
    if (query)
        dane_query_deinit(query);
}

int main(void)
{
    dane_state_t state;
    gnutls_datum_t chain[MOST];
    unsigned length = 0;
    char *line = NULL;
    size_t capacity = 0;
    gnutls_global_set_time_function(now);
    if (dane_state_init(&state, DANE_F_IGNORE_LOCAL_RESOLVER | DANE_F_IGNORE_DNSSEC) < 0)
        return 1;
    while (getline(&line, &capacity, stdin) > 0) {
        if (!strncmp(line, "time ", 5))
            present = (time_t)strtoll(line + 5, NULL, 10);
        else if (!strncmp(line, "chain ", 6))
            length = decode(line + 6, chain);
        else if (!strncmp(line, "records ", 8))
            judge(state, chain, length, line + 8);
        else
            return 1;
    }
    return 0;
}
