#ifndef DANECTL_CLDNS_SHIM_H
#define DANECTL_CLDNS_SHIM_H

#include <ldns/ldns.h>

/// Frees memory that libldns handed out as a plain buffer or string (`LDNS_FREE` is a macro).
static inline void danectl_ldns_free(void *pointer) { free(pointer); }

#endif
